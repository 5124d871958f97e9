// Unpacks what src/hostcity/report/packed.py has packed: gzip and base64 around a JSON head and typed arrays.

export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array;

const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array } as const;
type ArrayPlace = [type: keyof typeof TYPES, offset: number, length: number];

export interface Packed<Head> {
  head: Head;
  array(name: string): Numbers;
}

export async function unpack<Head>(base64: string): Promise<Packed<Head>> {
  return unpackBytes<Head>(bytesOf(base64));
}

/** The same of what the text stands for. */
export async function unpackBytes<Head>(bytes: Uint8Array<ArrayBuffer>): Promise<Packed<Head>> {
  const raw = await gunzip(bytes);
  const headLength = new DataView(raw).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, headLength))) as Head & {
    arrays: Record<string, ArrayPlace>;
  };
  const start = 4 + headLength;
  return {
    head,
    array(name) {
      const place = head.arrays[name];
      if (!place) throw new Error(`the page carries no array ${name}`);
      return new TYPES[place[0]](raw, start + place[1], place[2]);
    },
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
