"""Posts, pages and terms as a site: order, addresses, taxonomies, series, references."""
