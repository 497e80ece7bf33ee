using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orkestra.Hosting.Service;

/// <summary>
/// The <c>nextToken</c> of a list: where the next page begins, and a check that it belongs to the same question. Callers see a text without meaning.
/// </summary>
internal static class PageToken
{
    const int CheckBytes = sizeof(uint);

    /// <summary>Makes a token.</summary>
    /// <param name="question">The list and its conditions.</param>
    /// <param name="position">Where the next page begins.</param>
    internal static string Write(string question, string position)
    {
        var token = new byte[CheckBytes + Encoding.UTF8.GetByteCount(position)];
        BinaryPrimitives.WriteUInt32BigEndian(token, CheckOf(question, position));
        Encoding.UTF8.GetBytes(position, token.AsSpan(CheckBytes));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token.</summary>
    /// <param name="question">The list and its conditions.</param>
    /// <param name="token">The token; null for the first page.</param>
    /// <returns>Where the page begins; null for the first page.</returns>
    /// <exception cref="ServiceException"><c>InvalidToken</c>: the token was not given out for this question.</exception>
    internal static string? Read(string question, string? token)
    {
        if (token is null) return null;
        if (!Base64Url.IsValid(token)) throw RequestFields.InvalidToken();
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < CheckBytes) throw RequestFields.InvalidToken();
        var position = Encoding.UTF8.GetString(bytes.AsSpan(CheckBytes));
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) == CheckOf(question, position) ? position : throw RequestFields.InvalidToken();
    }

    static uint CheckOf(string question, string position) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{question}\n{position}")));
}
