namespace Orkestra.Cdk.Packaging;

/// <summary>What is to be published, and how.</summary>
internal sealed record PublishRequest(string Project, string Configuration, bool NativeAot, bool Arm, IReadOnlyList<string> Arguments)
{
    public string RuntimeIdentifier => Arm ? "linux-arm64" : "linux-x64";

    /// <summary>Equal for equal requests. Without Native AOT the program is the same for both processors.</summary>
    public string Key => string.Join('\n', [Project, Configuration, NativeAot ? RuntimeIdentifier : "portable", .. Arguments]);
}
