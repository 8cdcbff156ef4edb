import { expect, test } from 'vitest';
import { latencyHistogram } from '../../src/http/latency-histogram.ts';

test('each bucket counts the times up to its bound, for each route, method and status', () => {
  const { observe, text } = latencyHistogram({ name: 'took', help: 'Time', bounds: [0.25, 1] });
  for (const seconds of [0.25, 0.5, 2, 0.125]) observe('GET', '/v1/seasons', 200, seconds);
  observe('GET', '/v1/"\\', 404, 0.5);
  expect(text()).toBe(`# HELP took Time
# TYPE took histogram
took_bucket{le="0.25",method="GET",route="/v1/seasons",status="200"} 2
took_bucket{le="1",method="GET",route="/v1/seasons",status="200"} 3
took_bucket{le="+Inf",method="GET",route="/v1/seasons",status="200"} 4
took_sum{method="GET",route="/v1/seasons",status="200"} 2.875
took_count{method="GET",route="/v1/seasons",status="200"} 4
took_bucket{le="0.25",method="GET",route="/v1/\\"\\\\",status="404"} 0
took_bucket{le="1",method="GET",route="/v1/\\"\\\\",status="404"} 1
took_bucket{le="+Inf",method="GET",route="/v1/\\"\\\\",status="404"} 1
took_sum{method="GET",route="/v1/\\"\\\\",status="404"} 0.5
took_count{method="GET",route="/v1/\\"\\\\",status="404"} 1
`);
});
