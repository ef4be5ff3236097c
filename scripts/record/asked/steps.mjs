// Requests with a JSON body, as the tables of requests write them.

export const post = (path, json) => ({ ask: `POST ${path}`, json });
export const put = (path, json) => ({ ask: `PUT ${path}`, json });
export const patch = (path, json) => ({ ask: `PATCH ${path}`, json });
