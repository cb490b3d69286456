#include <stdint.h>
typedef struct { uint32_t offset, count; uint64_t view[2]; } attached_array;
typedef struct { uint32_t train, speed; attached_array name; attached_array sensors; attached_array ticks; } TrainReport;
struct Padded { char c; uint64_t wide; uint16_t s; unsigned low : 3, high : 5; const volatile uint8_t *p; int grid[3][4]; double more[8]; union { int i; float f; } u; };
struct Node { struct Node *next; struct { int x, y; } at; };
TrainReport report; struct Padded padded; struct Node node;
void _start(void) {}
