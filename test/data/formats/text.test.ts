import { expect, test } from "vitest";
import { readText } from "../../../src/data/formats/text.ts";
import { fileOf, utf16 } from "../files.ts";
import { dataError, refusal } from "../refusal.ts";

const TEXT = "Ein Mädchen,\n\t一只猫 and a 🐈.\n";
const MAX = 1000;

test("UTF-8 and UTF-16 of both byte orders give the same text, without the byte order mark", () => {
  expect(readText(fileOf("plain.txt", TEXT), MAX)).toBe(TEXT);
  expect(readText(fileOf("mark.txt", `\ufeff${TEXT}`), MAX)).toBe(TEXT);
  expect(readText(fileOf("little.txt", utf16(TEXT, "little")), MAX)).toBe(TEXT);
  expect(readText(fileOf("big.txt", utf16(TEXT, "big")), MAX)).toBe(TEXT);
});

test("lines of Windows and of old Macs end as all others do", () => {
  expect(readText(fileOf("lines.txt", "a\r\nb\rc\n\r\nd"), MAX)).toBe("a\nb\nc\n\nd");
});

test("an empty file is refused, also where it has a byte order mark", async () => {
  for (const content of ["", "\ufeff", utf16("", "little")]) {
    expect(await refusal(() => readText(fileOf("empty.txt", content), MAX))).toBe(
      '"empty.txt": is empty; choose a file with text in it',
    );
  }
});

test("a file over the limit is refused with both sizes, before it is decoded", async () => {
  const zeros = fileOf("long.txt", new Uint8Array(1001));
  expect(await refusal(() => readText(zeros, MAX))).toMatch(/has 1,001 bytes, at most 1,000 are read/);
  expect((await dataError(() => readText(zeros, MAX))).text?.zh).toBe(
    "“long.txt”：有 1,001 字节，最多只能读取 1,000 字节；请选择更小的文件，或只取其中一部分",
  );
});

test("another encoding is refused with the first line that is not UTF-8", async () => {
  const latin1 = [..."fine\nfine\nM"].map((character) => character.charCodeAt(0)).concat(0xe4, 0x64, 0x0a, 0xff);
  const message = await refusal(() => readText(fileOf("latin.txt", latin1), MAX));
  expect(message).toMatch(/^"latin\.txt": line 3 is not valid UTF-8.*save it as UTF-8$/);
});

test("UTF-16 that is cut off within a character is refused", async () => {
  const cut = utf16(TEXT, "little").slice(0, -1);
  expect(await refusal(() => readText(fileOf("cut.txt", cut), MAX))).toMatch(/not valid UTF-16LE/);
});

test("control characters are refused with their line: the file is binary", async () => {
  const message = await refusal(() => readText(fileOf("nul.txt", "one\ntwo\nth\0ree"), MAX));
  expect(message).toMatch(/^"nul\.txt": line 3 has the control character 0x00 \(NUL\).*choose a text file/);
  expect(await refusal(() => readText(fileOf("bell.txt", "\x07"), MAX))).toMatch(/line 1 .*0x07:/);
});

test("UTF-16 without its mark is refused as such", async () => {
  const bare = utf16("text", "little").slice(2);
  expect(await refusal(() => readText(fileOf("bare.txt", bare), MAX))).toMatch(/UTF-16 without its mark/);
});
