using System.Collections.Concurrent;

namespace Orkestra.Asl.Integrations;

/// <summary>
/// All services whose integrations are known: the text files beside this one, each of which is read when its service is first asked for. Adding a service is adding
/// its file. Safe to use from several threads.
/// </summary>
internal static class IntegrationCatalog
{
    const string Prefix = "Orkestra.Asl.Integrations.";

    static readonly ConcurrentDictionary<string, ServiceIntegration> Read = new(StringComparer.Ordinal);

    // Only a few names differ from the file's, or are not known at all; they cost reading all files once.
    static readonly Lazy<(Dictionary<string, ServiceIntegration> Optimized, Dictionary<string, ServiceIntegration> Sdk)> ByName = new(() =>
        (All.Where(service => service.Name is not null).ToDictionary(service => service.Name!), All.Where(service => service.SdkName is not null).ToDictionary(service => service.SdkName!)));

    /// <summary>Every service.</summary>
    internal static IEnumerable<ServiceIntegration> All => typeof(IntegrationCatalog).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => Load(name[Prefix.Length..])!);

    /// <summary>The service of an optimized integration; null when it is not known.</summary>
    /// <param name="name">The name, such as <c>lambda</c>.</param>
    internal static ServiceIntegration? FindOptimized(string name) =>
        Load(name) is { } service && service.Name == name ? service : ByName.Value.Optimized.GetValueOrDefault(name);

    /// <summary>The service of an SDK integration; null when it is not known.</summary>
    /// <param name="name">The name, such as <c>s3</c>.</param>
    internal static ServiceIntegration? FindSdk(string name) =>
        Load(name) is { } service && service.SdkName == name ? service : ByName.Value.Sdk.GetValueOrDefault(name);

    static ServiceIntegration? Load(string file)
    {
        if (Read.TryGetValue(file, out var known)) return known;
        using var stream = typeof(IntegrationCatalog).Assembly.GetManifestResourceStream(Prefix + file);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return Read.GetOrAdd(file, new ServiceIntegration(reader));
    }
}
