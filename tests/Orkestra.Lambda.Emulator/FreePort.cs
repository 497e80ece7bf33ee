using System.Net;
using System.Net.Sockets;

namespace Orkestra.Lambda.Emulator;

/// <summary>A port of the loopback interface that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>Finds one.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
