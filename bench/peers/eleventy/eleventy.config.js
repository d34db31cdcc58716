// The blog in Eleventy: markdown-it with footnotes and heading ids, Prism for code.
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";
import markdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

const SITE = "https://www.example.org";
const TRAITS = ["listening", "courage", "experiments", "learning", "replies", "candour"];
const long = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });
const short = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

export default function (config) {
  config.addPlugin(syntaxHighlight);
  config.setLibrary(
    "md",
    markdownIt({ html: true, typographer: true }).use(footnote).use(anchor),
  );
  config.addPassthroughCopy("style.css");
  config.addGlobalData("site", {
    url: SITE,
    title: "Letters",
    tagline: "What I heard this week",
    traits: TRAITS,
  });
  config.addCollection("newestFirst", (all) => all.getFilteredByTag("post").reverse());
  config.addFilter("isTrait", (tags) => tags.filter((tag) => TRAITS.includes(tag)));
  config.addFilter("newestOf", (collections, tag) => collections[tag].toReversed());
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("longDate", (date) => long.format(date));
  config.addFilter("shortDate", (date) => short.format(date));
  config.addFilter("dayAndMonth", (date) => day.format(date));
  config.addFilter("named", (tag) => tag[0].toUpperCase() + tag.slice(1));
  config.addFilter("wholeUrls", (html) => html.replaceAll('href="/', `href="${SITE}/`));
  config.addFilter("byYear", (posts) =>
    Object.entries(grouped(posts)).reverse(),
  );
  return {
    dir: { input: ".", includes: "_includes", output: "output" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}

function grouped(posts) {
  const years = {};
  for (const post of posts) {
    (years[post.date.getUTCFullYear()] ??= []).push(post);
  }
  return years;
}
