/** `h('button', { class: 'x', onclick }, 'text', child)`; attributes that are null or false are left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Puts exactly these nodes into the parent, moving as few as possible, so that pictures and scroll places stay. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const node of Array.from(parent.childNodes)) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
  });
}

/** A node per key, made anew only when what it shows has changed. */
export class Kept {
  #nodes = new Map();

  get(key, shows, make) {
    const sign = JSON.stringify(shows);
    const known = this.#nodes.get(key);
    if (known?.sign === sign) return known.node;
    const node = make();
    this.#nodes.set(key, { sign, node });
    return node;
  }
}
