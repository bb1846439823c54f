// Names and keyboard stops that the theme does not give (WCAG 2.1.1, 4.1.2).
// The theme adds the navigation of a code block and the frame of a table later.
const mend = () => {
  document.querySelector(".md-search:not([aria-label])")?.setAttribute("aria-label", "Search");
  document.querySelectorAll(".md-code__nav:not([data-named])").forEach((element) => {
    element.dataset.named = "";
    element.setAttribute("aria-label", `Tools of ${element.parentElement.id || "a code block"}`);
  });
  document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])").forEach((element) => {
    element.tabIndex = 0;
  });
};

mend();
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
