let choices = 0;

/** A labelled list to choose from; `chosen` is told the index. */
export function choice(
  label: string,
  options: readonly string[],
  chosen: (index: number) => void,
): { readonly box: HTMLElement; readonly select: HTMLSelectElement } {
  const box = document.createElement("span");
  const name = document.createElement("label");
  const select = document.createElement("select");
  select.id = `choice-${choices++}`;
  name.htmlFor = select.id;
  name.textContent = `${label} `;
  for (const text of options) {
    const option = document.createElement("option");
    option.textContent = text;
    select.append(option);
  }
  select.addEventListener("change", () => chosen(select.selectedIndex));
  box.append(name, select);
  return { box, select };
}
