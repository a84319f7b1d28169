/** Section → option → value of a `setup.cfg`, `pytest.ini` or `tox.ini`; lines further in belong to the option above. */
export function readIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let option: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const heading = /^\[([^\]]+)\]/.exec(line)?.[1];
    const assignment = /^([^\s=:[][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (heading !== undefined) {
      section = sections.get(heading.trim()) ?? new Map<string, string>();
      sections.set(heading.trim(), section);
      option = undefined;
    } else if (/^\s/.test(line)) {
      if (option !== undefined) section.set(option, `${section.get(option)!}\n${line.trim()}`);
    } else if (assignment !== null) {
      option = assignment[1]!.trim();
      section.set(option, assignment[2]!.trim());
    }
  }
  return sections;
}
