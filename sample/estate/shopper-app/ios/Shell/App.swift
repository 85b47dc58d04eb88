import SwiftUI

@main
struct ShopperApp: App {
  var body: some Scene {
    WindowGroup { ShellView(start: "home") }
  }
}
