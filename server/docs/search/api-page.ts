/** The address under which the index holds the operations of an API, beside the pages that people wrote. */
export const API_PAGE = '~api';
