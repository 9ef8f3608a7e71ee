// The same three queueing models in C++: what the machine gives when nothing is in the way.
// Usage: baseline SERVERS LAMBDA CUSTOMERS SEED; prints one line of JSON.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

// xoshiro256++ (D. Blackman, S. Vigna), started from splitmix64.
class Random {
 public:
  explicit Random(uint64_t seed) {
    for (uint64_t &word : state_) {
      uint64_t z = seed += 0x9e3779b97f4a7c15u;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      word = z ^ (z >> 31);
    }
  }
  double uniform() { return double(next() >> 11) * 0x1.0p-53; }
  double exponential() { return -std::log(1 - uniform()); }
  int below(int n) { return int(uniform() * n); }

 private:
  static uint64_t rotate(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
  uint64_t next() {
    const uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
  }
  uint64_t state_[4];
};

struct Event {
  double time;
  uint32_t order;
  int32_t what;
  bool before(const Event &other) const {
    return time < other.time || (time == other.time && order < other.order);
  }
};

// A 4-ary heap.
class EventQueue {
 public:
  EventQueue() { events_.reserve(4096); }
  bool empty() const { return events_.empty(); }
  void push(double time, int32_t what) {
    const Event event{time, order_++, what};
    size_t i = events_.size();
    events_.push_back(event);
    for (size_t up; i > 0 && event.before(events_[up = (i - 1) / 4]); i = up) events_[i] = events_[up];
    events_[i] = event;
  }
  Event pop() {
    const Event top = events_.front();
    const Event moved = events_.back();
    events_.pop_back();
    const size_t size = events_.size();
    if (size == 0) return top;
    size_t i = 0;
    for (size_t child = 1; child < size; child = 4 * i + 1) {
      size_t least = child;
      const size_t stop = child + 4 < size ? child + 4 : size;
      for (size_t c = child + 1; c < stop; c++)
        if (events_[c].before(events_[least])) least = c;
      if (!events_[least].before(moved)) break;
      events_[i] = events_[least];
      i = least;
    }
    events_[i] = moved;
    return top;
  }

 private:
  std::vector<Event> events_;
  uint32_t order_ = 0;
};

struct Waiting {
  double joined, demand;
  int next;
};

static int pick(const std::vector<int> &busy, Random &random) {
  const int servers = int(busy.size());
  if (servers == 100) {
    const int one = random.below(servers);
    int other = random.below(servers - 1);
    if (other >= one) other++;
    return busy[other] < busy[one] ? other : one;
  }
  int best = 0;
  for (int server = 1; server < servers; server++)
    if (busy[server] < busy[best]) best = server;
  return best;
}

static void run(int servers, double lambda, long customers, uint64_t seed, bool print) {
  const auto start = std::chrono::steady_clock::now();
  Random random(seed);
  EventQueue queue;
  std::vector<Waiting> pool;
  std::vector<int> first(servers, -1), last(servers, -1), busy(servers, 0);
  int free = -1;
  long arrived = 0, served = 0;
  double waited = 0;
  queue.push(random.exponential() / lambda, -1);
  while (!queue.empty()) {
    const Event event = queue.pop();
    const double now = event.time;
    if (event.what < 0) {
      arrived++;
      const double demand = random.exponential();
      const int server = pick(busy, random);
      if (busy[server]++ == 0) {
        served++;
        queue.push(now + demand, server);
      } else {
        int cell = free;
        if (cell >= 0) {
          free = pool[cell].next;
          pool[cell] = {now, demand, -1};
        } else {
          cell = int(pool.size());
          pool.push_back({now, demand, -1});
        }
        (last[server] < 0 ? first[server] : pool[last[server]].next) = cell;
        last[server] = cell;
      }
      if (arrived < customers) queue.push(now + random.exponential() / lambda, -1);
    } else {
      const int server = event.what;
      busy[server]--;
      const int cell = first[server];
      if (cell >= 0) {
        first[server] = pool[cell].next;
        if (first[server] < 0) last[server] = -1;
        waited += now - pool[cell].joined;
        served++;
        queue.push(now + pool[cell].demand, server);
        pool[cell].next = free;
        free = cell;
      }
    }
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (print)
    std::printf("{\"seconds\":%.6f,\"served\":%ld,\"meanWait\":%.9f}\n", seconds.count(), served, waited / double(served));
}

int main(int, char **arguments) {
  const int servers = std::atoi(arguments[1]);
  const double lambda = std::atof(arguments[2]);
  const long customers = std::atol(arguments[3]);
  const uint64_t seed = std::strtoull(arguments[4], nullptr, 10);
  run(servers, lambda, customers / 10, seed + 1, false);
  run(servers, lambda, customers, seed, true);
}
