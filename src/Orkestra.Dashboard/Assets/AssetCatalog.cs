using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orkestra.Asl.Drawing;

namespace Orkestra.Dashboard.Assets;

/// <summary>Scripts, styles and images: resources of this assembly. Each has the hash of its content in its address, so that a browser may keep it for good.</summary>
internal static class AssetCatalog
{
    static readonly FrozenDictionary<string, Asset> Assets = Load();

    internal static IEnumerable<Asset> All => Assets.Values;

    /// <summary>The address of an asset, relative to that of the dashboard.</summary>
    internal static string PathOf(string name) => $"assets/{Assets[name].Hash}/{name}";

    internal static async Task WriteAsync(HttpContext context, string hash, string name)
    {
        if (!Assets.TryGetValue(name, out var asset) || asset.Hash != hash)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = asset.Content.Length;
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        await context.Response.Body.WriteAsync(asset.Content, context.RequestAborted).ConfigureAwait(false);
    }

    static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(AssetCatalog).Assembly;
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            contents.Add(name, content.ToArray());
        }

        contents["orkestra.css"] = [.. contents["orkestra.css"], .. Encoding.UTF8.GetBytes(SvgGraph.Style)];
        // Scripts import each other by relative addresses: one hash over all of them, so that they change together.
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. contents.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value)]))[..16];
        return contents.ToFrozenDictionary(pair => pair.Key, pair => new Asset(pair.Key, hash, TypeOf(pair.Key), pair.Value), StringComparer.Ordinal);
    }

    static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}

/// <summary>A script, a style sheet or an image.</summary>
internal sealed record Asset(string Name, string Hash, string ContentType, byte[] Content);
