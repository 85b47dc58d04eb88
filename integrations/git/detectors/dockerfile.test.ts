import { describe, expect, it } from 'vitest';
import { dockerfile } from './dockerfile.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('dockerfile', () => {
  it('takes a folder with code for a component', () => {
    const tree = treeOf({ 'seed/Dockerfile': 'FROM python:3', 'seed/make.py': '' });
    expect(dockerfile.detect(tree)).toMatchObject([
      { what: 'component', folder: 'seed', language: 'Python' },
    ]);
  });

  it('takes a configured product for a resource', () => {
    const tree = treeOf({
      'ops/grafana/Dockerfile': 'FROM grafana/grafana:5\nADD grafana.ini /etc/',
      'db/Dockerfile': 'ARG V=16\nFROM postgres:$V',
      'db/fill.js': '',
    });
    expect(dockerfile.detect(tree)).toMatchObject([
      { what: 'resource', name: 'db', type: 'database', confidence: 'guess' },
      { what: 'resource', name: 'grafana', type: 'observability' },
    ]);
  });

  it('says nothing of a Dockerfile on a shelf or in tests', () => {
    expect(
      dockerfile.detect(
        treeOf({
          'docker/Dockerfile': 'FROM eclipse-temurin',
          'test/Dockerfile': 'FROM node',
          'test/a.js': '',
        }),
      ),
    ).toEqual([]);
  });

  it('takes pages behind a web server for a website', () => {
    const tree = treeOf({
      'web/Dockerfile': 'FROM nginx',
      'web/static/index.html': '',
      'web/static/a.css': '',
      'web/static/a.js': '',
    });
    expect(dockerfile.detect(tree)).toMatchObject([
      { folder: 'web', type: 'website', language: 'JavaScript' },
    ]);
  });
});
