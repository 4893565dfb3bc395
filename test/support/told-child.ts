import { connect } from 'node:net';
import { endWithParent } from '../../src/app/supervisor.ts';

// A worker's stand-in: tells its pid to the test that listens on the port, and does what it is told.
const [port] = process.argv.slice(2);
endWithParent();
const test = connect(Number(port), '127.0.0.1', () => test.write(`${process.pid}\n`));
test.on('data', (order) => {
  if (order.toString() === 'exit 0') process.exit(0);
  if (order.toString() === 'exit 1') process.exit(1);
  if (order.toString() === 'ignore SIGTERM') {
    process.on('SIGTERM', () => {});
    test.write('ignoring\n');
  }
});
