import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureDebianPackage } from './debian.ts';

const START_MS = 10_000;
const SCRATCH = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

export const findNginx = (): Promise<string | null> => ensureDebianPackage({ command: 'nginx', package: 'nginx' });

/** One origin before several server processes: each call or socket goes to any of them, and past one that is gone. */
export async function startNginx(options: {
  command: string;
  port: number;
  backends: readonly number[];
}): Promise<{ stop(): Promise<void> }> {
  const { command, port, backends } = options;
  const dir = await mkdtemp(join(tmpdir(), 'salotto-nginx-'));
  const servers = backends.map((backend) => `server 127.0.0.1:${backend} max_fails=1 fail_timeout=1s;`).join(' ');
  const conf = `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; worker_processes 1; pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 512; }
http {
  access_log off;
  ${SCRATCH.map((name) => `${name}_temp_path ${dir}/${name};`).join(' ')}
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  upstream salotto { ${servers} }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 12m;
    location / {
      proxy_pass http://salotto;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_connect_timeout 1s;
      proxy_read_timeout 1h;
    }
  }
}
`;
  await writeFile(join(dir, 'nginx.conf'), conf);
  const args = ['-p', dir, '-c', join(dir, 'nginx.conf'), '-e', join(dir, 'error.log')];
  const child = spawn(command, args, { stdio: 'ignore' });
  const until = Date.now() + START_MS;
  while (!(await listens(port))) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('nginx did not start');
    await wait(20);
  }
  return {
    async stop() {
      await end(child);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
