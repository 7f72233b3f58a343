import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Returns the rules of WCAG 2.2 AA and of good practice that a page violates, with the elements. */
export async function accessibilityViolations(page: Page): Promise<{ id: string; nodes: { html: string }[] }[]> {
  // Of the browser's own, so that no policy of the page forbids it.
  await page.evaluate(axe.source);
  return page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })" +
      '.then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))',
  );
}

/** Returns the texts of a page that are too pale, with their contrasts. */
export async function paleTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(${findPaleTexts})()`);
}

/**
 * Runs in the browser, hence the plain language: every piece of text whose contrast to its ground is below 4.5, the
 * AA level of WCAG 2.2.
 */
const findPaleTexts = `function () {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const inkOf = (element) => {
    const { color, fill } = getComputedStyle(element);
    return element instanceof SVGElement ? fill : color;
  };
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.textContent.trim() === '' || ['SCRIPT', 'STYLE', 'TITLE', 'title', 'desc'].includes(element.tagName)) continue;
    const pair = [light(inkOf(element)), light(groundOf(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (contrast < 4.5) pale.push(walker.currentNode.textContent.trim() + ' ' + contrast.toFixed(2));
  }
  return pale;
}`;
