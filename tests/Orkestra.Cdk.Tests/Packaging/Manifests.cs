using Orkestra.Lambda;

namespace Orkestra.Cdk.Tests.Packaging;

/// <summary>What programs of tests say that they hold.</summary>
internal static class Manifests
{
    /// <summary>Puts the manifest beside a program that is not there.</summary>
    public static void Write(string folder, Action<LambdaOptions> configure)
    {
        var options = new LambdaOptions();
        configure(options);
        options.WriteManifest(Path.Combine(folder, "orkestra-manifest.json"));
    }
}
