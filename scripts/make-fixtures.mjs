// Makes the large sample files in fixtures/: users, posts, comments, albums, photos and todos.
// It exists so that standin ships sample data of the sizes JSONPlaceholder publishes (10, 100,
// 500, 100, 5000 and 200 items, same shapes and relations) with text of its own.
// Everything random is seeded, so the same bytes come out at every run:
//
//   node scripts/make-fixtures.mjs

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const outDir = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** mulberry32: a small seeded generator of numbers in [0, 1). */
function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = (list) => list[Math.floor(next() * list.length)];
  const shuffle = (list) => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  };
  return { next, pick, shuffle };
}

const range = (count) => Array.from({ length: count }, (_, i) => i);
const words = (text) => text.trim().split(/\s*[|\n]\s*/);
const rows = (text) => text.trim().split(/[\n;]/).map(words);
/** Rows as objects; the first row names the columns. */
const table = (text) => {
  const [names, ...lines] = rows(text);
  return lines.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i]])));
};
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const fill = (template, topic) => capital(template.replace(/\{(\w+)\}/g, (_, key) => topic[key]));

/** One item a line: compact, and still easy to diff. */
function write(name, items) {
  const lines = items.map((item) => `  ${JSON.stringify(item)}`);
  writeFileSync(`${outDir}${name}.json`, `[\n${lines.join(',\n')}\n]\n`);
}

const people = table(`
name | username | email | street | suite | city | zipcode | lat | lng | website | company | catchPhrase | bs
Orla Fennimore | orlaf | orla@fennimore.example | Lantern Row | Flat 3 | Harrow Bay | 40213-1180 | 51.2047 | -4.1162 | fennimore-lamps.example | Fennimore Lamps | Light for every long evening | designs reading lamps for small rooms
Tobias Wrenfield | wrenfield | tobias.wrenfield@example.com | Mill Lane | Suite 12 | Quillford | 61822 | 47.9180 | 8.3305 | wrenfield.example | Wrenfield and Daughters | Furniture that outlives its owner | builds oak tables to order
Imke Starlund | imke_s | imke@example.org | Ropewalk | Apt. 804 | Northmere | 77504-0092 | 59.4411 | 17.0358 | starlund-ferries.example | Starlund Ferries | Always one more crossing | runs small ferries between islands
Dario Halvane | dhalvane | dario@halvane.example | Cistern Street | Suite 7 | Port Ambrose | 30951 | -33.5127 | 18.9940 | halvane.example | Halvane Press | Short books for long journeys | prints pocket guides for walkers
Prisha Lindvale | prisha | prisha.lindvale@example.net | Orchard Close | Apt. 21 | Tallow Hill | 55208-4417 | 22.7316 | 75.8824 | lindvale-seeds.example | Lindvale Seeds | Grown slowly and sold fresh | collects and sells heritage seeds
Mateus Corrow | mcorrow | mateus@corrow.example | Harbour Steps | Flat 1 | Saltmarsh | 12076 | 38.6059 | -9.1071 | corrow.example | Corrow Nets | Strong knots since this spring | mends fishing nets by post
Yuna Ashbrake | yuna.ash | yuna@example.com | Cinder Road | Suite 330 | Greywater | 98341-7705 | 35.1162 | 136.9078 | ashbrake-audio.example | Ashbrake Audio | Hear the quiet parts | tunes concert halls and practice rooms
Kofi Ambersen | kofi | kofi.ambersen@example.org | Weaver Street | Apt. 5 | Linden Cross | 20467 | 6.6812 | -1.6209 | ambersen.example | Ambersen Looms | A pattern for every family | weaves blankets from local wool
Selma Duskar | selmad | selma@duskar.example | Observatory Way | Suite 90 | Highfold | 83115-2260 | 45.8794 | 15.9533 | duskar-optics.example | Duskar Optics | Look up a little longer | grinds lenses for home telescopes
Ruben Pellgrove | pellgrove | ruben@example.net | Tannery Yard | Flat 16 | Barleyfield | 46690 | -12.0413 | -77.0385 | pellgrove.example | Pellgrove Cycles | Two wheels are plenty | rents sturdy bicycles by the week
`);
const users = people.map(({ name, username, email, website, ...p }, i) => {
  const geo = { lat: p.lat, lng: p.lng };
  const address = { street: p.street, suite: p.suite, city: p.city, zipcode: p.zipcode, geo };
  const phone = `+1-202-555-01${13 + i * 7}`;
  const company = { name: p.company, catchPhrase: p.catchPhrase, bs: p.bs };
  return { id: i + 1, name, username, email, address, phone, website, company };
});

// Two topics a user, one user a line. The thing must fit after "a".
const topics = table(`
doing | thing | tool
baking bread | loaf | a heavy pot ; repairing old clocks | clock | a watchmaker's loupe
growing tomatoes | seedling | a long-spouted can ; drawing maps | map | a fine steel pen
building kites | kite | a sharp craft knife ; sewing quilts | quilt | a rotary cutter
throwing pots | bowl | a good sponge ; restoring bicycles | bicycle | a chain tool
writing letters by hand | letter | a smooth fountain pen ; making jam | jar | a wide copper pan
brewing ginger beer | batch | a cheap thermometer ; carving spoons | spoon | a hooked knife
binding books | book | a bone folder ; printing with linoleum | print | a soft roller
refinishing chairs | chair | a cabinet scraper ; playing the concertina | tune | a small metronome
sketching garden birds | sketch | a soft pencil ; knitting socks | pair | a set of short needles
mending radios | radio | a fine soldering iron ; planting fruit trees | tree | a narrow spade
`);

const postKinds = table(`
title | opening
What {doing} taught me this year | I started {doing} in January with more hope than skill.
Three mistakes I made while {doing} | It is easy to make {doing} look simple, so here is what went wrong for me.
A first guide to {doing} | Friends keep asking how to begin with {doing}, so I wrote down the short answer.
Why {doing} is better in company | For years I thought {doing} was something to do alone.
{doing} on a small budget | You do not need much money for {doing}.
How I found time for {doing} | My days are full, and still {doing} has found a place in them.
The best advice I ever got about {doing} | A neighbour once told me that {doing} is mostly patience.
A rainy week of {doing} | It rained for seven days, and {doing} kept me cheerful.
Questions I still have about {doing} | After three years of {doing} there is plenty I do not understand.
The tool that changed {doing} for me | I put off buying {tool} for far too long.
`);
const postParts = rows(`
The first {thing} was a disappointment, and the second was worse. | My first {thing} was a clumsy one, but it was mine. | The first {thing} took me a whole weekend. | I still remember the first {thing} I was proud of.
By the fourth {thing} I had learned to trust my hands. | With {tool} within reach, the slow parts went faster. | If a {thing} fails, wait a day before you decide why. | Keep a diary: one line for every {thing} is enough.
Nobody sees the hour of tidying up afterwards, but it matters. | Small steps work better than one free weekend. | Good light and an empty table do half the work. | Most of what I know came from watching somebody slower than me.
Next month I will try again with less hurry. | Tell me how it goes for you. | That is all I know, and it has been enough so far. | Write to me if you know a better way. | Half the fun was sharing the result.
`);
const commentKinds = table(`
name | opening
Thanks for this | This is just what I needed to read today.
A question about the first {thing} | How long did your first {thing} take from start to end?
Same here | I went through all of this when I took up {doing}.
Is there a cheaper way? | Does it have to be {tool}, or will something simpler do?
A small disagreement | I think practice matters more than patience here.
From a beginner | I have only just begun with {doing}, and it shows.
Sharing this with my sister | My sister has talked about {doing} for months.
Another way to do it | I finish each {thing} before I even think about the next.
More, please | I would gladly read a longer piece on {doing}.
It worked | I followed your advice, and my last {thing} came out well.
`);
const commentEnds = words(`
  Please keep writing.|I look forward to the next part.|Your point about small beginnings is a good one.|I read it twice over breakfast.
  My own notes say much the same.|It made me laugh, too.|I will report back in a month.|Perhaps we should compare notes some day.
  Nobody in my street believes me, of course.|The weather has been on my side as well.|I have saved it for later.
  My table is already covered in attempts.|You make it sound easy.|Greetings from the coast.`);
const firstNames = words('ada|bram|cleo|dunja|elio|freya|goran|hana|ivo|jonna|kemal|lotte|milo|nadia|otis');
const lastNames = words(`
  applewick|barrowby|candlemoor|dunmarsh|elderfen|foxcombe|gladeholm|hazelby|ironmere|juniperlow
  kestrelby|larkwood|mosswick|nettleham|oakhurst|pebblow|reedmoor|stonewick|thornley|willowby`);
const domains = words('example.com|example.org|example.net|mail.example|post.example');

const { pick, shuffle } = seeded(1);
const drafts = users.flatMap(({ id: userId }) => {
  const drafted = (topic) => shuffle(postKinds.map((kind) => ({ userId, topic, kind }))).slice(0, 5);
  return shuffle(topics.slice((userId - 1) * 2, userId * 2).flatMap(drafted));
});
const posts = drafts.map(({ userId, topic, kind }, i) => {
  const [first, second, third, last] = postParts.map((part) => fill(pick(part), topic));
  const body = `${fill(kind.opening, topic)} ${first} ${second}\n${third} ${last}`;
  return { id: i + 1, userId, title: fill(kind.title, topic), body };
});

const talk = seeded(2);
const threads = drafts.flatMap(({ topic }, p) =>
  talk.shuffle(commentKinds.map((kind) => ({ postId: p + 1, topic, kind }))).slice(0, 5),
);
const comments = threads.map(({ postId, topic, kind }, i) => {
  const [next, last] = talk.shuffle(commentEnds);
  const email = `${talk.pick(firstNames)}.${talk.pick(lastNames)}@${talk.pick(domains)}`;
  const body = `${fill(kind.opening, topic)} ${next} ${last}`;
  return { id: i + 1, postId, name: fill(kind.name, topic), email, body };
});

const albumKinds = words(`
  A weekend in|Rainy days in|Early mornings in|Street corners of|Hidden gardens of
  Night walks in|Market stalls of|Doors and windows of|First snow in|Old friends in`);
// Each kind meets each city once, so no two albums share a title.
const albums = range(100).map((i) => {
  const [u, k] = [Math.floor(i / 10), i % 10];
  return { id: i + 1, userId: u + 1, title: `${albumKinds[k]} ${people[(u + k) % 10].city}` };
});

const looks = words(`
  Red|Old|Blue|Painted|Weathered|Lone|Green|Yellow|White|Bright
  Half-hidden|Sunlit|Rain-soaked|Forgotten|Striped|Crooked|Tiny|Rusty|Silver|Patched`);
const subjects = words(`
  bench|bicycle|door|gate|boat|kite|lantern|umbrella|letterbox|ladder|window|handcart|chair
  barrel|awning|flowerpot|signpost|fence|kiosk|basket|wheelbarrow|table|doorstep|lamp post|shed`);
const places = words(`
  by the river|near the station|at dawn|after the storm|behind the school|in morning fog|under the lime trees|next to the bakery
  on the hill|at the end of the lane|outside the library|in late summer|beside the canal|across the square|just before dusk`);
const things = looks.flatMap((look) => subjects.map((subject) => `${look} ${subject}`));
const photoTitles = seeded(3).shuffle(things.flatMap((thing) => places.map((at) => `${thing} ${at}`)));
const photos = range(5000).map((i) => {
  const [url, thumbnailUrl] = [600, 150].map((size) => `https://images.example/${size}/${i + 1}.jpg`);
  return { id: i + 1, albumId: Math.floor(i / 50) + 1, title: photoTitles[i], url, thumbnailUrl };
});

// A verb and what it may be done to.
const chores = rows(`
Buy | stamps | a new kettle | oat flour | light bulbs | a birthday card | bird seed
Call | the dentist | the plumber | Grandmother | the landlord | the piano tuner | the town hall
Clean | the fridge | the gutters | the bicycle chain | the balcony | the oven | the fish tank
Fix | the squeaky hinge | the garden tap | the torn curtain | the loose shelf | the doorbell | the kitchen clock
Write | a thank-you note | the shopping list | the meeting summary | a letter to the editor | the guest list | a packing list
Return | the library books | the borrowed drill | the spare keys | the empty bottles | the blue raincoat | the cake tin
Book | train tickets | a table for six | the village hall | a haircut | a swimming lesson | an eye test
Sort | the old photographs | the button jar | the tax papers | the toolbox | the winter coats | the spice rack
`).flatMap(([verb, ...objects]) => objects.map((object) => `${verb} ${object}`));
const times = ['', ' today', ' before Friday', ' after work', ' next week'];
const week = seeded(4);
const agenda = week.shuffle(chores).map((chore) => ({ chore, times: week.shuffle(times) }));
// Rounds through the agenda, each with another time: all titles differ.
const todos = range(200).map((i) => {
  const { chore, times: at } = agenda[i % agenda.length];
  const title = chore + at[Math.floor(i / agenda.length)];
  return { id: i + 1, userId: Math.floor(i / 20) + 1, title, completed: week.next() < 0.45 };
});

const files = { users, posts, comments, albums, photos, todos };
for (const [name, items] of Object.entries(files)) write(name, items);
