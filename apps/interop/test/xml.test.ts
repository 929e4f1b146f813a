import { fileURLToPath } from "node:url";
import { casesAt, Failure, patternOf, readCases, readXml, writePattern } from "@akm/interop";
import { describe, expect, test } from "vitest";
import { describeWithVectors, publishedCases } from "./support/vectors.ts";

const header = `<RequestHeader><ProtocolVersion><ProtocolVersionMajor type="Integer" value="1"/>
  <ProtocolVersionMinor type="Integer" value="1"/></ProtocolVersion><BatchCount type="Integer" value="1"/></RequestHeader>`;

describe("the reader of XML", () => {
  test("takes elements, attributes, texts, comments and entities", () => {
    const { root, comments } = readXml(
      '<?xml version="1.0"?><!-- a --><A b="&lt;&#65;&#x42;&amp;"> t <C/></A>',
    );
    expect(comments).toEqual(["a"]);
    expect(root).toEqual({
      name: "A",
      attributes: { b: "<AB&" },
      children: ["t", { name: "C", attributes: {}, children: [] }],
    });
  });

  test.each([
    ["<A>", "has no end"],
    ["<A></B>", "closes <A>"],
    ["<A/><B/>", "after the root"],
    ["<A b='1'/>", "cannot be read"],
    ['<!DOCTYPE A [<!ENTITY e "x">]><A/>', "cannot be read"],
    ["<A><![CDATA[x]]></A>", "cannot be read"],
    ["text", "outside the root"],
    ["", "there is no element"],
  ])("refuses %j", (text, why) => {
    expect(() => readXml(text)).toThrow(Failure);
    expect(() => readXml(text)).toThrow(why);
  });

  test("names the line of what it cannot read", () => {
    expect(() => readXml("<A>\n<B>\n</A>")).toThrow(/^line 3: /);
  });
});

describe("a case", () => {
  test("is played at each version where its messages have no headers", () => {
    const message =
      "<RequestMessage><BatchItem/></RequestMessage><ResponseMessage><BatchItem/></ResponseMessage>";
    const names = (text: string) => readCases("own", text).map(({ name }) => name);
    expect(names(`<KMIP>${message}</KMIP>`)).toEqual(["own@1.0", "own@1.1"]);
    expect(names(`<KMIP># SINCE 1.1\n# TIME 0\n${message}</KMIP>`)).toEqual(["own@1.1"]);
  });

  test.each([
    ["<A/>", "where <KMIP> belongs"],
    ["<KMIP><RequestMessage/></KMIP>", "has no answer"],
    ["<KMIP><ResponseMessage/></KMIP>", "an answer without a request"],
    ["<KMIP><Nonsense/></KMIP>", "is no tag"],
    ['<KMIP><RequestMessage type="Word" value="1"/></KMIP>', "has no type Word"],
    [`<KMIP><RequestMessage>${header}text</RequestMessage></KMIP>`, "holds the text"],
  ])("%j is refused by name", (text, why) => {
    expect(() => readCases("broken", text)).toThrow(/^broken: /);
    expect(() => readCases("broken", text)).toThrow(why);
  });
});

describeWithVectors("OASIS's cases", () => {
  test("come out as they went in, message by message", () => {
    for (const { name, steps } of casesAt([publishedCases])) {
      for (const { request, response } of steps) {
        const again = [request, response].map((each) =>
          patternOf(readXml(writePattern(each)).root),
        );
        expect(again, name).toEqual([request, response]);
      }
    }
  });
});

test("a folder that is not there, or holds no case, is named", () => {
  expect(() => casesAt(["/no/such/folder"])).toThrow("no such file or folder");
  const empty = fileURLToPath(new URL("support", import.meta.url));
  expect(() => casesAt([empty])).toThrow("holds no case");
});
