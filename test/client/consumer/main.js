// node main.js <module that exports follow> <its options as JSON>
const [path, options] = process.argv.slice(2);
const { follow } = await import(path);
const { transport, ...rest } = JSON.parse(options);
const hasSocket = transport === 'sse' || globalThis.WebSocket !== undefined;
const socket = hasSocket ? {} : { webSocketImpl: (await import('ws')).WebSocket };
await follow({ transport, ...rest, ...socket }, (line) => console.log(JSON.stringify(line)));
