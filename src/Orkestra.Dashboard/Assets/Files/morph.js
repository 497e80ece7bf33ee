// Makes one element like another with as few changes as needed: what a person has focused, opened, scrolled or typed stays.

/**
 * @param {Element} from The element of this page.
 * @param {Element} to The element it becomes.
 */
export function morph(from, to) {
  attributes(from, to);
  // What has content of its own.
  if (from.hasAttribute('data-keep') && from.getAttribute('src') === to.getAttribute('src')) return;
  children(from, to);
}

/**
 * @param {Element} from
 * @param {Element} to
 */
function attributes(from, to) {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !isOwn(from, name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value && !isOwn(from, name)) from.setAttribute(name, value);
  }
}

/**
 * Whether a person changes the attribute.
 * @param {Element} element
 * @param {string} name
 */
function isOwn(element, name) {
  return (element.localName === 'details' && name === 'open') || name === 'aria-invalid';
}

/**
 * @param {Element} from
 * @param {Element} to
 */
function children(from, to) {
  /** @type {Map<string, Element>} */
  const keyed = new Map();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key !== undefined) keyed.set(key, child);
  }
  let here = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    if (wanted instanceof Element) {
      const key = keyOf(wanted);
      const known = key === undefined ? undefined : keyed.get(key);
      if (known !== undefined && known !== here) from.insertBefore(known, here);
      else if (known === undefined && key !== undefined) {
        from.insertBefore(document.importNode(wanted, true), here);
        continue;
      }
      const same = known ?? (here instanceof Element && here.localName === wanted.localName && keyOf(here) === undefined ? here : undefined);
      if (same === undefined) {
        from.insertBefore(document.importNode(wanted, true), here);
        continue;
      }
      morph(same, wanted);
      here = same.nextSibling;
    } else if (here !== null && here.nodeType === wanted.nodeType) {
      if (here.nodeValue !== wanted.nodeValue) here.nodeValue = wanted.nodeValue;
      here = here.nextSibling;
    } else {
      from.insertBefore(document.importNode(wanted, true), here);
    }
  }
  while (here !== null) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

/**
 * What tells an element from its neighbors.
 * @param {Element} element
 */
function keyOf(element) {
  return element.getAttribute('data-key') ?? element.getAttribute('data-part') ?? element.getAttribute('data-state') ?? (element.id === '' ? undefined : element.id);
}
