// Django REST framework and FastAPI, from the packages of Debian.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as askedDjango from './asked/django.mjs';
import * as askedFastapi from './asked/fastapi.mjs';
import { data, schemas } from './garden.mjs';
import { run } from './run.mjs';

const PYTHON = '/usr/bin/python3';

/** Installs what is missing of these packages, and gives the versions of `named` as `Name 1.2`. */
const fromDebian = (packages, named) => async () => {
  const areThere = await run('dpkg', ['--status', ...packages]).then(
    (said) => said.match(/^Status: install ok installed$/gm)?.length === packages.length,
    () => false,
  );
  if (!areThere) await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
  const system = await run('sh', ['-c', '. /etc/os-release; echo "$NAME $VERSION_ID"']);
  const versions = [];
  for (const [name, code] of Object.entries(named))
    versions.push(`${name} ${await run(PYTHON, ['-c', code])}`);
  return `${versions.join(', ')} (${system.replace(' GNU/Linux', '')})`;
};

const serve = (program) => (folder, data, port) => {
  const file = join(folder, 'data.json');
  writeFileSync(file, JSON.stringify(data));
  return [PYTHON, [fileURLToPath(new URL(program, import.meta.url)), String(port), file]];
};

const volatile = [
  { what: 'the address', pattern: 'http://[\\w.]+:\\d+', as: 'http://host' },
  { what: 'a page of HTML', pattern: '^\\s*<(!doctype )?html.*', as: '(a page)' },
];

const relations = {
  'trees.orchard': { to: 'orchards', onDelete: 'cascade' },
  'harvests.tree': { to: 'trees', onDelete: 'cascade' },
  'harvests.picker': { to: 'people', onDelete: 'nullify' },
};

const treeFilters = {
  kind: ['exact', 'icontains'],
  planted: ['exact', 'gte', 'lt', 'range'],
  grafted: ['exact'],
  orchard: ['exact'],
  note: ['isnull'],
  label: ['in'],
  orchard__name: ['exact'],
};

export const debian = [
  {
    name: 'django',
    install: fromDebian(['python3-django', 'python3-djangorestframework', 'python3-django-filters'], {
      'Django REST framework': 'import rest_framework; print(rest_framework.VERSION)',
      Django: 'import django; print(django.get_version())',
      'django-filter': 'import django_filters; print(django_filters.__version__)',
    }),
    serve: serve('django_app.py'),
    setup: {
      config: {
        dialect: 'django',
        relations,
        unique: { trees: ['label'] },
        resources: {
          trees: {
            pagination: 'page',
            pageSize: 2,
            maxPageSize: 4,
            filters: treeFilters,
            search: ['^kind', 'orchard__name'],
            sort: ['planted', 'height', 'kind'],
          },
          harvests: { pagination: 'limit-offset', pageSize: 3, maxPageSize: 5, filters: ['tree', 'day'] },
        },
      },
      headers: [
        'content-type',
        'location',
        'allow',
        'x-content-type-options',
        'x-frame-options',
        'referrer-policy',
      ],
      volatile: [
        ...volatile,
        {
          what: 'the text of a 404, which names the model since version 3.15',
          pattern: 'No \\w+ matches the given query\\.',
          as: 'Not found.',
        },
      ],
      data,
      schemas,
    },
    asked: askedDjango,
  },
  {
    name: 'fastapi-pydantic1',
    install: fromDebian(
      ['python3-fastapi', 'python3-uvicorn', 'python3-pydantic', 'python3-email-validator'],
      {
        FastAPI: 'import fastapi; print(fastapi.__version__)',
        pydantic:
          'import pydantic; assert pydantic.VERSION < "2", "pydantic 1 is wanted"; print(pydantic.VERSION)',
      },
    ),
    serve: serve('fastapi_app.py'),
    setup: {
      config: {
        dialect: 'fastapi-pydantic1',
        relations,
        unique: { trees: ['label'] },
        resources: {
          trees: {
            pagination: 'skip-limit',
            pageSize: 2,
            maxPageSize: 4,
            filters: { kind: ['exact'], grafted: ['exact'], planted: ['gte', 'lte'] },
          },
          harvests: { filters: ['day'] },
        },
      },
      headers: ['content-type', 'location', 'allow'],
      volatile,
      data,
      schemas,
    },
    asked: askedFastapi,
  },
];
