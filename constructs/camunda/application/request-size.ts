import type { Settings } from './config-tree';

const MAX_REQUEST_SIZE = '10MB';

/**
 * How large a request to a REST API may be.
 *
 * @internal
 */
export const REQUEST_SIZE: Settings = {
  'spring.servlet.multipart.max-file-size': MAX_REQUEST_SIZE,
  'spring.servlet.multipart.max-request-size': MAX_REQUEST_SIZE,
};

/** @internal */
export const FORM_SIZE: Settings = { 'server.tomcat.max-http-form-post-size': MAX_REQUEST_SIZE };
