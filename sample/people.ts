/** The people of Quillmere, the invented retailer whose estate the sample shows. */

export type Author = { name: string; email: string };

export const mailDomain = 'quillmere.example';

/** Everyone in the org repository, by the group that lists them. */
export const people: Record<string, readonly string[]> = {
  quillmere: ['Ingrid Solheim'],
  commerce: ['Marcus Adeyemi'],
  'finance-technology': ['Yuki Tanabe'],
  operations: ['Helena Duarte'],
  engineering: ['Oskar Lind'],
  checkout: ['Ana Ruiz', 'Tomasz Wójcik', 'Priya Nair', 'Ben Carter', 'Lucía Ferrer'],
  storefront: ['Maya Cohen', 'Jonas Weber', 'Aisling Byrne', 'Dmitri Orlov', 'Femi Balogun'],
  search: ['Noor Haddad', 'Erik Sandberg', 'Chiara Conti', 'Wei Zhang'],
  mobile: ['Sofia Petrova', "Liam O'Connor", 'Hana Kimura', 'Rafael Souza'],
  'payments-core': ['Nadia Rahman', 'Pieter van Dijk', 'Grace Mwangi', 'Andrei Popescu', 'Clara Hoffmann'],
  ledger: ['Samuel Osei', 'Ingela Norén', 'Rohan Mehta', 'Beatriz Lima', 'Viktor Kozak'],
  risk: ['Elif Demir', 'Hugo Laurent', 'Tara Singh', 'Mateus Rocha'],
  fulfilment: ['Karin Holm', 'Diego Vargas', 'Fatima Zahiri', 'Owen Price', 'Julia Kowalska'],
  delivery: ['Leo Fontaine', 'Amara Okafor', 'Stefan Richter', 'Mei Lin', 'Ruben Castro'],
  'data-foundation': ['Zoë Martens', 'Arjun Patel', 'Kateryna Bondar', 'Daniel Kim', 'Isabel Moreau'],
  identity: ['Simon Achterberg', 'Leila Farouk', 'Patrick Doyle', 'Ewa Nowak'],
  'developer-platform': ['Alex Rivera', 'Greta Nilsson', 'Kofi Mensah', 'Ivan Petrov'],
};

/** Commit authors the org repository doesn't know: people who left, a contractor, a robot. */
export const outsiders: Record<string, Author> = {
  'pavel.novak': { name: 'Pavel Novák', email: 'pavel.novak@quillmere.example' },
  'joan.albright': { name: 'Joan Albright', email: 'joan.albright@quillmere.example' },
  contractor: { name: 'Moira Keane', email: 'moira@oakbyte.example' },
  'deps-bot': { name: 'Dependency Bot', email: 'deps-bot@quillmere.example' },
};

/** `Tomasz Wójcik` is `tomasz.wojcik`: the User's name and the first half of the address. */
export function personId(displayName: string): string {
  const [first = '', ...rest] = displayName
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .split(' ');
  return `${first}.${rest.join('')}`;
}

const known = new Map<string, Author>(Object.entries(outsiders));
for (const name of Object.values(people).flat()) {
  const id = personId(name);
  known.set(id, { name, email: `${id}@${mailDomain}` });
}

export function author(id: string): Author {
  const found = known.get(id);
  if (!found)
    throw new Error(`The sample's history names "${id}", who is neither in people nor in outsiders`);
  return found;
}
