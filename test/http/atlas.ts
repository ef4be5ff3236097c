/** Four levels of nesting, a singleton, plain values, and names that need care. New for every caller. */
export const atlas = () => ({
  continents: [
    { id: 1, name: 'Europe' },
    { id: 2, name: 'Asia' },
  ],
  countries: [
    { id: 10, continentId: 1, name: 'Portugal' },
    { id: 11, continentId: 1, name: 'Norway' },
    { id: 20, continentId: 2, name: 'Japan' },
  ],
  cities: [
    { id: 100, countryId: 10, name: 'Porto' },
    { id: 101, countryId: 10, name: 'Lisbon' },
    { id: 110, countryId: 11, name: 'Bergen' },
    { id: 200, countryId: 20, name: 'Kyoto' },
  ],
  streets: [
    { id: 1, cityId: 100, name: 'Rua das Flores' },
    { id: 2, cityId: 200, name: 'Hanami-koji' },
  ],
  settings: { theme: 'dark', size: { width: 3, height: 4 } },
  colours: ['red', 'blue'],
  version: 3,
  empty: [],
});
