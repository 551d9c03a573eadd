//! Whether a window can be opened here at all.

use bevy::render::settings::WgpuSettings;
use bevy::tasks::block_on;

/// A cheap look before starting: is there a display, and something that can draw on it?
///
/// # Errors
/// In words, what is missing and what may help.
pub fn can_open() -> Result<(), String> {
    display()?;
    drawing()
}

#[cfg(all(unix, not(target_os = "macos")))]
fn display() -> Result<(), String> {
    use crate::locale::text;
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(name) = set("WAYLAND_DISPLAY") {
        let folder = set("XDG_RUNTIME_DIR").map(std::path::PathBuf::from).unwrap_or_default();
        if std::os::unix::net::UnixStream::connect(folder.join(name)).is_ok() {
            return Ok(());
        }
    }
    let Some(display) = set("DISPLAY") else { return Err(text("window-no-display")) };
    let display = display.to_string_lossy();
    let Some((host, rest)) = display.rsplit_once(':') else { return Err(text("window-no-answer")) };
    let number: u16 = rest.split('.').next().and_then(|n| n.parse().ok()).ok_or_else(|| text("window-no-answer"))?;
    let there = if host.is_empty() || host == "unix" {
        std::os::unix::net::UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).is_ok() || abstract_socket(number)
    } else {
        use std::net::ToSocketAddrs;
        (host, 6000_u16.saturating_add(number)).to_socket_addrs().is_ok_and(|mut addresses| {
            addresses.any(|address| {
                std::net::TcpStream::connect_timeout(&address, std::time::Duration::from_secs(2)).is_ok()
            })
        })
    };
    if there { Ok(()) } else { Err(text("window-no-answer")) }
}

#[cfg(target_os = "linux")]
fn abstract_socket(number: u16) -> bool {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixStream};
    SocketAddr::from_abstract_name(format!("/tmp/.X11-unix/X{number}"))
        .and_then(|address| UnixStream::connect_addr(&address))
        .is_ok()
}

#[cfg(all(unix, not(target_os = "linux"), not(target_os = "macos")))]
fn abstract_socket(_: u16) -> bool {
    false
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn display() -> Result<(), String> {
    Ok(())
}

fn drawing() -> Result<(), String> {
    let backends = WgpuSettings::default().backends.unwrap_or(wgpu::Backends::all());
    let descriptor = wgpu::InstanceDescriptor { backends, ..wgpu::InstanceDescriptor::new_without_display_handle() };
    let instance = wgpu::Instance::new(descriptor);
    if block_on(instance.enumerate_adapters(backends)).is_empty() {
        return Err(crate::locale::text("window-no-adapter"));
    }
    Ok(())
}
