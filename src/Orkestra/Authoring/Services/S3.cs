using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orkestra.Authoring.Services;

/// <summary>
/// Reads and writes small objects of S3 without a function. An object is a part of the payload, so it must fit into 256 KiB; larger ones are read by steps, or item by item by
/// <c>MapEach</c>.
/// </summary>
public static class S3
{
    /// <summary>Reads an object that holds JSON.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="T">What the object holds; <see cref="string"/> gives its text as it is.</typeparam>
    /// <param name="bucket">A C# expression for the bucket's name, which may be a placeholder: <c>_ => "${Uploads}"</c>.</param>
    /// <param name="key">A C# expression for the object's key.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, T> Get<TIn, T>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(key);
        var call = Aws.Make<TIn, JsonElement>("aws-sdk:s3:getObject", ServiceArguments.Over<TIn>().With("Bucket", bucket).With("Key", key), name);
        return typeof(T) == typeof(string)
            ? call.Giving(static answer => ServiceText.As<T>(answer.GetProperty("Body")))
            : call.Giving(static answer => ServiceText.Parse<T>(answer.GetProperty("Body").GetString()!));
    }

    /// <summary>Writes an object and goes on with the payload.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TBody">What the object is to hold: a text, or anything else as JSON.</typeparam>
    /// <param name="bucket">A C# expression for the bucket's name, which may be a placeholder: <c>_ => "${Reports}"</c>.</param>
    /// <param name="key">A C# expression for the object's key.</param>
    /// <param name="body">A C# expression for the content.</param>
    /// <param name="contentType">The content's media type; null for S3's default.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TIn> Put<TIn, TBody>(
        Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key, Expression<Func<TIn, TBody>> body, string? contentType = null, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(body);
        var arguments = ServiceArguments.Over<TIn>().With("Bucket", bucket).With("Key", key).With("Body", body).With("ContentType", contentType);
        return Aws.Make<TIn, JsonElement>("aws-sdk:s3:putObject", arguments, name).PassInput();
    }
}
