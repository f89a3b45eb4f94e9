/** A bucket of anything that speaks S3. */
export interface S3Address {
  /** `https://host[:port]/bucket[/prefix]`, no slash at the end. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const EXAMPLE = 's3://KEY:SECRET@s3.eu-central-1.amazonaws.com/bucket?region=eu-central-1';

/** How `FILES_URL` is written. It holds a secret, so no sentence repeats it. */
export const S3_ADDRESS_FORM = `FILES_URL must look like ${EXAMPLE} (s3+http:// without TLS; KEY and SECRET percent-encoded).`;

/**
 * Reads `s3://KEY:SECRET@host/bucket/prefix?region=…` (`s3+http://` where there is no TLS, on a private network).
 * The bucket is addressed by path; region is `us-east-1` where none is named.
 */
export function readS3Address(text: string): S3Address | undefined {
  const url = URL.parse(text);
  const protocol = { 's3:': 'https', 's3+http:': 'http' }[url?.protocol ?? ''];
  const path = url?.pathname.replace(/\/+$/, '') ?? '';
  if (!url || !protocol || !url.host || !url.username || !url.password || !/^\/[^/]/.test(path)) return undefined;
  try {
    return {
      url: `${protocol}://${url.host}${path}`,
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
      region: url.searchParams.get('region') || 'us-east-1',
    };
  } catch {
    return undefined;
  }
}
