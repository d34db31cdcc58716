export default {
  layout: "post.njk",
  tags: ["post"],
  permalink: ({ page }) => `/${page.date.getUTCFullYear()}/${page.fileSlug}/`,
};
