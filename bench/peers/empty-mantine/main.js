import '@mantine/core/styles.css';
import { MantineProvider, Text } from '@mantine/core';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

// A page with a text and nothing else: the least that a console of this kit shows.
const nonce = document.querySelector('meta[property=csp-nonce]')?.nonce ?? '';
const page = createElement(Text, { id: 'shown' }, 'Ready');
createRoot(document.getElementById('root')).render(
  createElement(MantineProvider, { getStyleNonce: () => nonce }, page),
);
