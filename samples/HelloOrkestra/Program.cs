using Orkestra.Hosting;

return await OrkestraHost.RunAsync<HelloOrkestra>(args);
