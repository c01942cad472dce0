// Asks axe about the page. Whether a text stands out follows from its look: colour, size and weight, and all that is
// painted under it. A look that axe has passed once is not asked about again, nor is one that nobody sees. Where something
// else may lie over or under the text, the elements around it do not tell what that is: there axe is always asked, and
// nothing is learnt.
async ({ asked, passed }) => {
    const IS_KNOWN = "data-look-is-known";
    const NOTHING = "rgba(0, 0, 0, 0) none 1 none normal";
    const veil = ({ opacity, filter, mixBlendMode }) => `${opacity} ${filter} ${mixBlendMode}`;
    const painted = (style) => `${style.backgroundColor} ${style.backgroundImage} ${veil(style)}`;
    const ofKind = new Map();
    const paintedAround = (element) => {
        const kind = `${element.tagName} ${element.getAttribute("class")}`;
        if (!ofKind.has(kind)) {
            const around = ["::before", "::after"].map((part) => getComputedStyle(element, part));
            const seen = around.filter((style) => style.content !== "none" && painted(style) !== NOTHING);
            ofKind.set(kind, seen.map((style) => `+${style.position} ${painted(style)}`).join(""));
        }
        return ofKind.get(kind);
    };
    const covers = ({ backgroundColor }) => /^(rgb|(oklch|oklab|lch|lab|color)(?!.*\/))\(/.test(backgroundColor);
    const floats = (style) => /absolute|fixed/.test(style.position);
    const isMoved = ({ position, zIndex, inset, transform }) =>
        transform !== "none" || !/static|relative/.test(position)
        || (position === "relative" && (zIndex !== "auto" || inset !== "0px"));
    const over = [], looks = new Map();
    const walk = (element, ground, isFloating, isFaded) => {
        const style = getComputedStyle(element);
        if (style.display === "none") return;
        const own = painted(style) + paintedAround(element);
        isFaded ||= veil(style) !== "1 none normal";
        const isOpaque = covers(style) && !isFaded;
        ground = own === NOTHING ? ground : isOpaque ? own : `${ground} / ${own}`;
        isFloating = !isOpaque && (isFloating || floats(style));
        if (isMoved(style) && element.checkVisibility()) over.push(element);
        const text = [...element.childNodes].map((one) => (one.nodeType === Node.TEXT_NODE ? one.data.trim() : "")).join("");
        if (text || element.matches("input:not([type=checkbox], [type=radio]), select, textarea")) {
            const letters = [style.color, style.webkitTextFillColor, style.fontSize, style.fontWeight, style.textShadow];
            looks.set(element, { look: `${letters.join(" ")} ${Math.min(text.length, 2)} on ${ground}`, isFloating });
        }
        for (const child of element.children) walk(child, ground, isFloating, isFaded);
    };
    walk(document.documentElement, "", false, false);
    const box = (element) => element.getBoundingClientRect();
    const boxes = over.map((one) => [one, box(one)]).filter(([, { width, height }]) => width > 1 && height > 1);
    const isCovered = (element, own) =>
        boxes.some(([one, its]) =>
            its.left < own.right && own.left < its.right && its.top < own.bottom && own.top < its.bottom
            && !one.contains(element) && !element.contains(one));
    const isSeen = (element, { width, height, bottom }) =>
        width > 1 && height > 1 && bottom + scrollY > 0
        && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const known = new Set(passed), left = [];
    let isOneAsked = false;
    for (const [element, { look, isFloating }] of looks) {
        const own = box(element), isLearnt = !isFloating && !isCovered(element, own);
        if (!isLearnt) looks.delete(element);
        if (!isSeen(element, own) || (isLearnt && known.has(look))) left.push(element);
        else isOneAsked = true;
    }
    if (!isOneAsked && asked.values.every((rule) => rule === "color-contrast")) return [{ violations: [] }, []];

    for (const element of left) element.setAttribute(IS_KNOWN, "");
    axe.configure({ rules: [{ id: "color-contrast", selector: `:not([${IS_KNOWN}])` }] });
    const found = await axe.run({ runOnly: asked, elementRef: true });
    for (const element of left) element.removeAttribute(IS_KNOWN);
    const of = (results) => {
        const nodes = results.find((rule) => rule.id === "color-contrast")?.nodes ?? [];
        return nodes.map((node) => looks.get(node.element)?.look);
    };
    const doubtful = new Set([...of(found.violations), ...of(found.incomplete)]);
    for (const rule of found.violations) for (const node of rule.nodes) delete node.element;
    return [{ violations: found.violations }, of(found.passes).filter((look) => look && !doubtful.has(look))];
}
