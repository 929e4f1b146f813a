import { settings } from "../config.ts";
import { defaultLines, keyOf, type Setting } from "./setting.ts";

/**
 * The text of a new `akm.conf`: every setting with what it is for and its default, all but `[kmip] enable` as
 * comments, so that a later akm's defaults hold where nobody decided otherwise.
 */
export function newConfigText(): string {
  const sections = Object.entries(settings).map(([section, members]) => {
    const paragraphs = Object.entries(members).map((entry) => paragraph(section, entry));
    return [`[${section}]`, ...paragraphs].join("\n");
  });
  const head = "# Settings of akm. A line that begins with # or ; is a comment.";
  return `${[head, ...sections].join("\n\n")}\n`;
}

function paragraph(
  section: string,
  [member, setting]: readonly [string, Setting<unknown>],
): string {
  const key = keyOf(member);
  const mark = section === "kmip" && member === "enable" ? "" : "# ";
  const values = defaultLines(setting);
  const shown = values.length > 0 ? values : [setting.type.form];
  return [`# ${setting.text}`, ...shown.map((value) => `${mark}${key} = ${value}`)].join("\n");
}
