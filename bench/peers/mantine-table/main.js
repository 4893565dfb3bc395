import '@mantine/core/styles.css';
import { MantineProvider, Table } from '@mantine/core';
import { createElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

// One query and its rows in a plain table: the least that a list of runs costs with this kit.
const QUERY = `{
  runs(first: 25) {
    nodes { id status queuedAt channel component { name } product { title } order { number } }
  }
}`;
const HEAD = ['Status', 'Component', 'Product', 'Order', 'Channel', 'Queued'];

async function readRows() {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data } = await response.json();
  return data.runs.nodes.map(({ status, component, product, order, channel, queuedAt }) => [
    status,
    component.name,
    product?.title,
    order?.number,
    channel,
    queuedAt,
  ]);
}

function Runs() {
  const [rows, setRows] = useState([]);
  useEffect(() => void readRows().then(setRows), []);
  return createElement(Table, { data: { head: HEAD, body: rows } });
}

const nonce = document.querySelector('meta[property=csp-nonce]')?.nonce ?? '';
createRoot(document.getElementById('root')).render(
  createElement(MantineProvider, { getStyleNonce: () => nonce }, createElement(Runs)),
);
