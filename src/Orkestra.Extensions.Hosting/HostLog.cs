using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orkestra.Extensions.Hosting;

/// <summary>Loggers of a host, which may have no logging.</summary>
internal static class HostLog
{
    internal static ILogger Of(IServiceProvider services, string category) => (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(category);
}
