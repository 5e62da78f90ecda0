import type { VNode } from 'preact';
import { encode } from 'uqr';

/** Modules of quiet zone; ISO/IEC 18004 asks for four. */
const BORDER = 4;

/** A QR code as a picture inside the page: no script, no request, no data URI. Black on white in every colour scheme: phones expect it. */
export function QrCode({ text, label }: { text: string; label: string }): VNode {
  const { data, size } = encode(text, { border: BORDER, ecc: 'M' });
  const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return (
    <svg class="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
