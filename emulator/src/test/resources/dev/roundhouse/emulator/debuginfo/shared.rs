#![no_std]
#![no_main]
pub mod trains {
    #[repr(C)] pub struct Array<I> { offset: u32, count: u32, view: View<I>, life: core::marker::PhantomData<I> }
    #[repr(C)] pub struct View<I> { at: *mut I, length: u64 }
    #[repr(C)] pub struct TrainReport { train: u32, speed: u32, name: Array<u8>, sensors: Array<u16>, ticks: Array<u64> }
    pub struct Reordered { small: u8, wide: u64, middle: u32, maybe: Option<u32> }
    pub mod other { #[repr(C)] pub struct TrainReport { train: u32, name: u32 } }
}
#[no_mangle] pub extern "C" fn take(r: &trains::TrainReport, o: &trains::other::TrainReport, x: &trains::Reordered) -> usize { r as *const _ as usize + o as *const _ as usize + x as *const _ as usize }
#[no_mangle] pub extern "C" fn _start() {}
#[panic_handler] fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
