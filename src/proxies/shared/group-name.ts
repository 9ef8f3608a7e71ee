/** A name that every family takes for a group or member: letters, digits, "_", "-" and "."; made unique among `taken`. */
export function groupName(wanted: string, taken: readonly string[] = []): string {
  const plain = wanted.replace(/[^A-Za-z0-9_.-]+/g, "_").replace(/^[_.-]+|[_.-]+$/g, "") || "group";
  const lower = taken.map((name) => name.toLowerCase());
  let name = plain;
  for (let n = 2; lower.includes(name.toLowerCase()); n++) name = `${plain}_${n}`;
  return name;
}
