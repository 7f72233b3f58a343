/** Given names from many places, some with accents or a hyphen. */
export const firstNames: readonly string[] = (
  'Aisha Amara André Anjali Anna Béla Carlos Chidi Chloe Daniel Daria Elif Emeka Fatima Finn Freya Grace Hana Hiro ' +
  'Ibrahim Ines Jack José Kateryna Kwame Leila Linh Lucía Malik Mary-Jane Mei Mohammed Nia Noah Olga Oliver Priya ' +
  'Rafael Renée Sanjay Sofia Tariq Thu Tomás Wei Yusuf Zainab Zoë'
).split(' ');

/** Family names, some with an apostrophe. */
export const lastNames: readonly string[] = (
  "Abebe Ali Andersson Bakker Banerjee Campbell Chen D'Souza Demir Dubois Eze Fernández García Goldberg Gupta Haddad " +
  'Hansen Hughes Ivanova Jones Kapoor Khan Kim Kovács Lopes Martin Mensah Moreau Müller Murphy Nakamura Ndlovu ' +
  "Nguyen O'Hara Okafor Papadopoulos Patel Rossi Santos Shevchenko Silva Smith Taylor-Reid Tanaka Wang Williams " +
  'Yilmaz Zhou'
).split(' ');
