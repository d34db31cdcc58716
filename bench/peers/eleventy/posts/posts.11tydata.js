export default {
  layout: "letter.njk",
  tags: ["letters"],
  permalink: ({ page }) => `/${page.date.getUTCFullYear()}/${page.fileSlug}/`,
};
