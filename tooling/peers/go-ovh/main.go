// The life of a key by ovh/kmip-go: `go run . HOST PORT FOLDER VERSION`, where FOLDER holds ca.pem, cert.pem and key.pem.
// Prints a line for each step that held, and ends with a code other than 0 at the first one that did not.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ovh/kmip-go"
	"github.com/ovh/kmip-go/kmipclient"
	"github.com/ovh/kmip-go/payloads"
)

const usage = kmip.CryptographicUsageEncrypt | kmip.CryptographicUsageDecrypt

type life struct {
	*kmipclient.Client
	name, created, registered, replacement string
}

func main() {
	if len(os.Args) != 5 {
		fail("start", errors.New("usage: HOST PORT FOLDER VERSION"))
	}
	client, err := dial(os.Args[1]+":"+os.Args[2], os.Args[3], os.Args[4])
	if err != nil {
		fail("connect", err)
	}
	defer client.Close()
	l := &life{Client: client, name: "go-ovh " + os.Args[4]}
	steps := []struct {
		name string
		run  func() error
	}{
		{"discover", l.discover}, {"query", l.query}, {"create", l.create}, {"register", l.register},
		{"locate", l.locate}, {"get", l.get}, {"attributes", l.attributes}, {"modify", l.modify},
		{"activate", l.activate}, {"re-key", l.reKey}, {"batch", l.batch}, {"revoke", l.revoke},
		{"destroy", l.destroy}, {"refusal", l.refusal},
	}
	for _, step := range steps {
		if err := step.run(); err != nil {
			fail(step.name, err)
		}
		fmt.Println(step.name)
	}
}

func fail(step string, err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", step, err)
	os.Exit(1)
}

func dial(address, folder, version string) (*kmipclient.Client, error) {
	var spoken kmip.ProtocolVersion
	if _, err := fmt.Sscanf(version, "%d.%d", &spoken.ProtocolVersionMajor, &spoken.ProtocolVersionMinor); err != nil {
		return nil, err
	}
	return kmipclient.Dial(address,
		kmipclient.WithRootCAFile(filepath.Join(folder, "ca.pem")),
		kmipclient.WithClientCertFiles(filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")),
		kmipclient.EnforceVersion(spoken),
	)
}

func (l *life) discover() error {
	answer, err := l.Request(context.Background(), &payloads.DiscoverVersionsRequestPayload{})
	if err != nil {
		return err
	}
	return expect(answer.(*payloads.DiscoverVersionsResponsePayload).ProtocolVersion, kmip.V1_1, kmip.V1_0)
}

func (l *life) query() error {
	answer, err := l.Query().Operations().Objects().ServerInformation().Exec()
	if err != nil {
		return err
	}
	if !slices.Contains(answer.Operations, kmip.OperationReKey) || answer.VendorIdentification == "" {
		return fmt.Errorf("got %+v", answer)
	}
	return expect(answer.ObjectType, kmip.ObjectTypeSymmetricKey, kmip.ObjectTypeTemplate)
}

func (l *life) create() error {
	answer, err := l.Create().AES(256, usage).WithName(l.name).
		WithAttribute("x-rack", "7").WithAttribute(kmip.AttributeNameObjectGroup, l.name).Exec()
	if err != nil {
		return err
	}
	l.created = answer.UniqueIdentifier
	return nil
}

func (l *life) register() error {
	answer, err := l.Register().SymmetricKey(kmip.CryptographicAlgorithmAES, usage, material()).
		WithName(l.name + " registered").Exec()
	if err != nil {
		return err
	}
	l.registered = answer.UniqueIdentifier
	return nil
}

func (l *life) locate() error {
	byName, err := l.Locate().WithName(l.name).WithObjectType(kmip.ObjectTypeSymmetricKey).Exec()
	if err != nil {
		return err
	}
	if err := expect(byName.UniqueIdentifier, l.created); err != nil {
		return err
	}
	byGroup, err := l.Locate().WithAttribute(kmip.AttributeNameObjectGroup, l.name).
		WithAttribute("x-rack", "7").WithMaxItems(1).Exec()
	if err != nil {
		return err
	}
	return expect(byGroup.UniqueIdentifier, l.created)
}

func (l *life) get() error {
	answer, err := l.Get(l.registered).Exec()
	if err != nil {
		return err
	}
	key, err := answer.SymmetricKey()
	if err != nil {
		return err
	}
	if !bytes.Equal(key, material()) {
		return errors.New("another key came back")
	}
	transparent, err := l.Get(l.created).WithKeyFormat(kmip.KeyFormatTypeTransparentSymmetricKey).Exec()
	if err != nil {
		return err
	}
	if key, err = transparent.SymmetricKey(); err != nil {
		return err
	}
	return expect([]int{len(key)}, 32)
}

func (l *life) attributes() error {
	list, err := l.GetAttributeList(l.created).Exec()
	if err != nil {
		return err
	}
	if !slices.Contains(list.AttributeName, "x-rack") {
		return fmt.Errorf("no x-rack among %v", list.AttributeName)
	}
	all, err := l.GetAttributes(l.created).Exec()
	if err != nil {
		return err
	}
	if len(all.Attribute) < len(list.AttributeName) {
		return fmt.Errorf("%d attributes for %d names", len(all.Attribute), len(list.AttributeName))
	}
	return l.expectState(l.created, kmip.StatePreActive)
}

func (l *life) modify() error {
	if _, err := l.AddAttribute(l.created, "x-row", "1").Exec(); err != nil {
		return err
	}
	if _, err := l.ModifyAttribute(l.created, "x-row", "2").Exec(); err != nil {
		return err
	}
	_, err := l.DeleteAttribute(l.created, "x-row").Exec()
	return err
}

func (l *life) activate() error {
	if _, err := l.Activate(l.created).Exec(); err != nil {
		return err
	}
	return l.expectState(l.created, kmip.StateActive)
}

func (l *life) reKey() error {
	answer, err := l.Rekey(l.created).Exec()
	if err != nil {
		return err
	}
	l.replacement = answer.UniqueIdentifier
	byName, err := l.Locate().WithName(l.name).Exec()
	if err != nil {
		return err
	}
	return expect(byName.UniqueIdentifier, l.replacement)
}

func (l *life) batch() error {
	result, err := l.Batch(context.Background(),
		&payloads.LocateRequestPayload{Attribute: []kmip.Attribute{{
			AttributeName:  kmip.AttributeNameName,
			AttributeValue: kmip.Name{NameValue: l.name, NameType: kmip.NameTypeUninterpretedTextString},
		}}},
		&payloads.GetRequestPayload{},
	)
	if err != nil {
		return err
	}
	items, err := result.Unwrap()
	if err != nil {
		return err
	}
	return expect([]string{items[1].(*payloads.GetResponsePayload).UniqueIdentifier}, l.replacement)
}

func (l *life) revoke() error {
	if err := expectReason(l.destroyed(l.created), "PermissionDenied"); err != nil {
		return fmt.Errorf("destroying an active key: %w", err)
	}
	for _, id := range []string{l.created, l.replacement} {
		_, err := l.Revoke(id).WithRevocationReasonCode(kmip.RevocationReasonCodeCessationOfOperation).Exec()
		if err != nil {
			return err
		}
	}
	return l.expectState(l.created, kmip.StateDeactivated)
}

func (l *life) destroy() error {
	return errors.Join(l.destroyed(l.created), l.destroyed(l.replacement), l.destroyed(l.registered))
}

func (l *life) refusal() error {
	_, err := l.Get(l.created).Exec()
	return expectReason(err, "ItemNotFound")
}

func (l *life) destroyed(id string) error {
	_, err := l.Destroy(id).Exec()
	return err
}

func (l *life) expectState(id string, state kmip.State) error {
	answer, err := l.GetAttributes(id, kmip.AttributeNameState).Exec()
	if err != nil {
		return err
	}
	return expect([]any{answer.Attribute[0].AttributeValue}, any(state))
}

func expect[T comparable](got []T, wanted ...T) error {
	if !slices.Equal(got, wanted) {
		return fmt.Errorf("got %v, not %v", got, wanted)
	}
	return nil
}

// The client tells a refusal as text alone.
func expectReason(err error, reason string) error {
	if err == nil || !strings.Contains(err.Error(), `reason="`+reason+`"`) {
		return fmt.Errorf("got %v, not %s", err, reason)
	}
	return nil
}

func material() []byte { return bytes.Repeat([]byte{7}, 16) }
