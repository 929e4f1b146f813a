// The life of a key by gemalto/kmip-go: `go run . HOST PORT FOLDER VERSION`, where FOLDER holds ca.pem, cert.pem and key.pem.
// The module is a codec with message types and no connection; payloads that it lacks are structs of our own.
// Prints a line for each step that held, and ends with a code other than 0 at the first one that did not.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gemalto/kmip-go"
	"github.com/gemalto/kmip-go/kmip14"
	"github.com/gemalto/kmip-go/ttlv"
)

const name = "go-gemalto"

type named struct{ UniqueIdentifier string }

type filters struct{ Attribute []kmip.Attribute }

type found struct{ UniqueIdentifier []string }

type wanted struct {
	UniqueIdentifier string
	AttributeName    []string
}

type attributes struct {
	UniqueIdentifier string
	Attribute        []kmip.Attribute
}

type change struct {
	UniqueIdentifier string
	Attribute        kmip.Attribute
}

type revocation struct {
	UniqueIdentifier string
	RevocationReason struct{ RevocationReasonCode kmip14.RevocationReasonCode }
}

type functions struct{ QueryFunction []kmip14.QueryFunction }

type offered struct {
	Operation            []kmip14.Operation
	ObjectType           []kmip14.ObjectType
	VendorIdentification string
}

type life struct {
	connection          *tls.Conn
	decoder             *ttlv.Decoder
	version             kmip.ProtocolVersion
	created, registered string
}

func main() {
	if len(os.Args) != 5 {
		fail("start", errors.New("usage: HOST PORT FOLDER VERSION"))
	}
	l := &life{}
	if err := l.connect(os.Args[1]+":"+os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fail("connect", err)
	}
	defer l.connection.Close()
	steps := []struct {
		name string
		run  func() error
	}{
		{"discover", l.discover}, {"query", l.query}, {"create", l.create}, {"register", l.register},
		{"locate", l.locate}, {"get", l.get}, {"attributes", l.attributes}, {"modify", l.modify},
		{"activate", l.activate}, {"revoke", l.revoke}, {"destroy", l.destroy}, {"refusal", l.refusal},
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

func (l *life) connect(address, folder, version string) error {
	if _, err := fmt.Sscanf(version, "%d.%d", &l.version.ProtocolVersionMajor, &l.version.ProtocolVersionMinor); err != nil {
		return err
	}
	certificate, err := tls.LoadX509KeyPair(filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem"))
	if err != nil {
		return err
	}
	authority, err := os.ReadFile(filepath.Join(folder, "ca.pem"))
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	l.connection, err = tls.Dial("tcp", address, &tls.Config{Certificates: []tls.Certificate{certificate}, RootCAs: roots})
	l.decoder = ttlv.NewDecoder(l.connection)
	return err
}

// Sends one item and reads its answer into `answer`; a refusal is an error that is its reason.
func (l *life) ask(operation kmip14.Operation, request, answer any) error {
	message, err := ttlv.Marshal(kmip.RequestMessage{
		RequestHeader: kmip.RequestHeader{ProtocolVersion: l.version, BatchCount: 1},
		BatchItem:     []kmip.RequestBatchItem{{Operation: operation, RequestPayload: request}},
	})
	if err != nil {
		return err
	}
	if _, err := l.connection.Write(message); err != nil {
		return err
	}
	bytes, err := l.decoder.NextTTLV()
	if err != nil {
		return err
	}
	var response kmip.ResponseMessage
	if err := ttlv.Unmarshal(bytes, &response); err != nil {
		return err
	}
	item := response.BatchItem[0]
	if item.ResultStatus != kmip14.ResultStatusSuccess {
		return refused{item.ResultReason, item.ResultMessage}
	}
	return ttlv.Unmarshal(item.ResponsePayload.(ttlv.TTLV), answer)
}

type refused struct {
	reason kmip14.ResultReason
	text   string
}

func (r refused) Error() string { return fmt.Sprintf("%v: %s", r.reason, r.text) }

func (l *life) discover() error {
	var answer kmip.DiscoverVersionsResponsePayload
	if err := l.ask(kmip14.OperationDiscoverVersions, kmip.DiscoverVersionsRequestPayload{}, &answer); err != nil {
		return err
	}
	v1_1 := kmip.ProtocolVersion{ProtocolVersionMajor: 1, ProtocolVersionMinor: 1}
	v1_0 := kmip.ProtocolVersion{ProtocolVersionMajor: 1, ProtocolVersionMinor: 0}
	return expect(answer.ProtocolVersion, v1_1, v1_0)
}

func (l *life) query() error {
	var answer offered
	request := functions{[]kmip14.QueryFunction{kmip14.QueryFunctionQueryOperations, kmip14.QueryFunctionQueryObjects,
		kmip14.QueryFunctionQueryServerInformation}}
	if err := l.ask(kmip14.OperationQuery, request, &answer); err != nil {
		return err
	}
	if !slices.Contains(answer.Operation, kmip14.OperationReKey) || answer.VendorIdentification == "" {
		return fmt.Errorf("got %+v", answer)
	}
	return expect(answer.ObjectType, kmip14.ObjectTypeSymmetricKey, kmip14.ObjectTypeTemplate)
}

func (l *life) create() error {
	var answer kmip.CreateResponsePayload
	err := l.ask(kmip14.OperationCreate, kmip.CreateRequestPayload{
		ObjectType: kmip14.ObjectTypeSymmetricKey,
		TemplateAttribute: kmip.TemplateAttribute{Attribute: []kmip.Attribute{
			attribute(kmip14.TagCryptographicAlgorithm, kmip14.CryptographicAlgorithmAES),
			attribute(kmip14.TagCryptographicLength, 256), usage(), nameAttribute(),
		}},
	}, &answer)
	l.created = answer.UniqueIdentifier
	return err
}

func (l *life) register() error {
	var answer kmip.RegisterResponsePayload
	err := l.ask(kmip14.OperationRegister, kmip.RegisterRequestPayload{
		ObjectType:        kmip14.ObjectTypeSymmetricKey,
		TemplateAttribute: kmip.TemplateAttribute{Attribute: []kmip.Attribute{usage()}},
		SymmetricKey: &kmip.SymmetricKey{KeyBlock: kmip.KeyBlock{
			KeyFormatType:          kmip14.KeyFormatTypeRaw,
			KeyValue:               &kmip.KeyValue{KeyMaterial: material()},
			CryptographicAlgorithm: kmip14.CryptographicAlgorithmAES,
			CryptographicLength:    128,
		}},
	}, &answer)
	l.registered = answer.UniqueIdentifier
	return err
}

func (l *life) locate() error {
	var answer found
	if err := l.ask(kmip14.OperationLocate, filters{[]kmip.Attribute{nameAttribute()}}, &answer); err != nil {
		return err
	}
	return expect(answer.UniqueIdentifier, l.created)
}

func (l *life) get() error {
	var answer kmip.GetResponsePayload
	if err := l.ask(kmip14.OperationGet, named{l.registered}, &answer); err != nil {
		return err
	}
	key, isBytes := answer.SymmetricKey.KeyBlock.KeyValue.KeyMaterial.([]byte)
	if !isBytes || !bytes.Equal(key, material()) {
		return errors.New("another key came back")
	}
	return nil
}

func (l *life) attributes() error {
	var all attributes
	if err := l.ask(kmip14.OperationGetAttributes, named{l.created}, &all); err != nil {
		return err
	}
	var some attributes
	request := wanted{l.created, []string{"Name", "State"}}
	if err := l.ask(kmip14.OperationGetAttributes, request, &some); err != nil {
		return err
	}
	if len(all.Attribute) < 10 || len(some.Attribute) != 2 {
		return fmt.Errorf("got %d and %d attributes", len(all.Attribute), len(some.Attribute))
	}
	return nil
}

func (l *life) modify() error {
	var answer change
	first := kmip.Attribute{AttributeName: "x-rack", AttributeValue: "7"}
	if err := l.ask(kmip14.OperationAddAttribute, change{l.created, first}, &answer); err != nil {
		return err
	}
	second := kmip.Attribute{AttributeName: "x-rack", AttributeValue: "8"}
	if err := l.ask(kmip14.OperationModifyAttribute, change{l.created, second}, &answer); err != nil {
		return err
	}
	return expect([]any{answer.Attribute.AttributeValue}, any("8"))
}

func (l *life) activate() error {
	return l.ask(kmip14.OperationActivate, named{l.created}, &named{})
}

func (l *life) revoke() error {
	if err := expectReason(l.destroyed(l.created), kmip14.ResultReasonPermissionDenied); err != nil {
		return fmt.Errorf("destroying an active key: %w", err)
	}
	request := revocation{UniqueIdentifier: l.created}
	request.RevocationReason.RevocationReasonCode = kmip14.RevocationReasonCodeCessationOfOperation
	return l.ask(kmip14.OperationRevoke, request, &named{})
}

func (l *life) destroy() error {
	return errors.Join(l.destroyed(l.created), l.destroyed(l.registered))
}

func (l *life) refusal() error {
	err := l.ask(kmip14.OperationGet, named{l.created}, &kmip.GetResponsePayload{})
	return expectReason(err, kmip14.ResultReasonItemNotFound)
}

func (l *life) destroyed(id string) error {
	return l.ask(kmip14.OperationDestroy, kmip.DestroyRequestPayload{UniqueIdentifier: id}, &named{})
}

func expect[T comparable](got []T, wanted ...T) error {
	if !slices.Equal(got, wanted) {
		return fmt.Errorf("got %v, not %v", got, wanted)
	}
	return nil
}

func expectReason(err error, reason kmip14.ResultReason) error {
	var refusal refused
	if !errors.As(err, &refusal) || refusal.reason != reason {
		return fmt.Errorf("got %v, not %v", err, reason)
	}
	return nil
}

func attribute(tag ttlv.Tag, value any) kmip.Attribute {
	return kmip.NewAttributeFromTag(tag, 0, value)
}

func usage() kmip.Attribute {
	return attribute(kmip14.TagCryptographicUsageMask, kmip14.CryptographicUsageMaskEncrypt|kmip14.CryptographicUsageMaskDecrypt)
}

func nameAttribute() kmip.Attribute {
	return attribute(kmip14.TagName, kmip.Name{NameValue: name, NameType: kmip14.NameTypeUninterpretedTextString})
}

func material() []byte { return bytes.Repeat([]byte{7}, 16) }
