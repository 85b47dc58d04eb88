/** The new product page: picture first, words after. */
export const product = (sku: string) => `<main data-sku="${sku}"><figure></figure><h1></h1></main>`;
