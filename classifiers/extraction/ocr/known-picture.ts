import { inflateRawSync } from 'node:zlib';
import { type Frame } from './frame';

/** A picture of two colours, one bit a pixel, row by row, deflated and in Base64. */
export interface BitPicture {
  readonly words: string;
  readonly width: number;
  readonly height: number;
  readonly bits: string;
}

/** Five characters, black on white, drawn with Noto Sans CJK at 36 px; every reader must read them before it may work. */
export const KNOWN_PICTURE: BitPicture = {
  words: '风险备付金',
  width: 208,
  height: 56,
  bits: [
    '7dQxitwwFAbgXyjMa4zUOiBmtkur7TxgMjmKh1zgLWlcDKyTLeYYe42Ughwkgr2AQpoUjl+QbNYObBFIuyr9SX6/nmQDr+O/RgQc',
    'gAoEqFAeWZFEY5YGgMmiNzKpCPQvSwJEIlwWikUMwFTpr1DPsudVHDnooAOaLG27EWNAkQb0Wfr9IhVTvScckgUYBJXsUOTGMTWt',
    'Hi556s+cJ+oSwSTH5HsV+/cX4EkkHQb1qwjXTD4h3dgEFUG4HzAVaRqmO5n6vA0dQeq3yGMuVDnPdPt98jiNGQk/RK55TWWY6QhA',
    'jadgY+lOiYbKdky5zadkxXRbochUAUoGJabjjeiQJXQjYN/8JSp4Mhxjbjq6ZhWnoyfjuzCLI5xExo2cXxBiT6Y5B6MGRmfWM3Wm',
    '8WTq8zCLLXVKIbdvPV3qj4sQgfRQel23zlNff8Jchwj64XN5XdMbT3DvFsFGkj0S6h2MDlxEfXsodY6Rjldgh7nOLCXbXdhlqVbB',
    'UzkEMPD2mi/1KvpLkQQcrkokPSe4F5mWj+BAq5BARGSRvG8sqfWU1xT5gBxsuazo9Pj6L/mH8Qc=',
  ].join(''),
};

/** The picture as a frame. */
export function frameOfBits({ width, height, bits }: BitPicture): Frame {
  const packed = inflateRawSync(Buffer.from(bits, 'base64'));
  const data = Buffer.alloc(width * height * 3, 255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const isInk = ((packed[pixel >> 3] ?? 0) >> (7 - (pixel & 7))) & 1;
    if (isInk === 1) data.fill(0, pixel * 3, pixel * 3 + 3);
  }
  return { data, width, height };
}
